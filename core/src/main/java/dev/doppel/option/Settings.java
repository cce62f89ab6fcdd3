package dev.doppel.option;

import dev.doppel.error.DoppelException;
import dev.doppel.error.OptionException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The components of a record of options under dotted names: {@code optimiser.rate}.
 *
 * <p>The record is the only list of settings there is: what it declares can be printed, saved and
 * changed by name; what it does not is refused with the nearest name. Components are numbers,
 * booleans, strings, enums, lists of numbers, or records of the same.
 */
public final class Settings {

  private Settings() {}

  /** Every setting of a record, by name, as text that {@link #with} reads back. */
  public static Map<String, String> of(Record options) {
    Map<String, String> settings = new LinkedHashMap<>();
    collect("", options, settings);
    return settings;
  }

  private static void collect(String prefix, Record options, Map<String, String> settings) {
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      Object value = value(options, component);
      String name = prefix + component.getName();
      if (value instanceof Record nested) {
        collect(name + ".", nested, settings);
      } else {
        settings.put(name, text(value));
      }
    }
  }

  /**
   * A copy with one setting changed.
   *
   * @throws OptionException if there is no such setting, or the value is not one of its kind
   */
  public static <R extends Record> R with(R options, String name, String value) {
    return with(options, Map.of(name, value));
  }

  /**
   * A copy with several settings changed at once, so that none of them need fit the old ones.
   *
   * @throws OptionException if there is no such setting, or a value is not one of its kind
   */
  public static <R extends Record> R with(R options, Map<String, String> changes) {
    Map<String, String> known = of(options);
    for (String name : changes.keySet()) {
      if (!known.containsKey(name)) {
        throw OptionException.unknown("setting", name, known.keySet());
      }
    }
    return changes.isEmpty() ? options : replace(options, "", changes);
  }

  private static <R extends Record> R replace(
      R options, String prefix, Map<String, String> changes) {
    RecordComponent[] components = options.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = prefix + components[i].getName();
      String change = changes.get(name);
      Object value = value(options, components[i]);
      if (change != null) {
        value = parsed(components[i], name, change);
      } else if (value instanceof Record nested
          && changes.keySet().stream().anyMatch(each -> each.startsWith(name + "."))) {
        value = replace(nested, name + ".", changes);
      }
      values[i] = value;
    }
    return copy(options, components, values);
  }

  @SuppressWarnings("unchecked") // the constructor of R's own class makes an R
  private static <R extends Record> R copy(
      R options, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = options.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (R) constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof DoppelException said) {
        throw said;
      }
      if (refused.getCause() instanceof IllegalArgumentException said) {
        throw new OptionException(
            String.valueOf(said.getMessage()), "See the setting's range", "Change it", said);
      }
      throw new IllegalStateException(refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object value(Record options, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(String::valueOf).toList());
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    return String.valueOf(value);
  }

  private static Object parsed(RecordComponent component, String name, String value) {
    try {
      Class<?> type = component.getType();
      if (type == List.class) {
        Class<?> element =
            (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return Arrays.stream(value.split(",")).map(each -> parsed(element, each.strip())).toList();
      }
      return parsed(type, value.strip());
    } catch (IllegalArgumentException unreadable) {
      throw new OptionException(
          name + " is '" + value + "'",
          "It must be " + kind(component),
          "Give " + name + " such a value",
          unreadable);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the type is an enum's where it is used as one
  private static Object parsed(Class<?> type, String value) {
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(value);
    } else if (type == long.class || type == Long.class) {
      return Long.valueOf(value);
    } else if (type == double.class || type == Double.class) {
      return Double.valueOf(value);
    } else if (type == boolean.class) {
      if (!value.equals("true") && !value.equals("false")) {
        throw new IllegalArgumentException(value);
      }
      return Boolean.valueOf(value);
    } else if (type.isEnum()) {
      return Enum.valueOf((Class<Enum>) type, value.toUpperCase(Locale.ROOT));
    } else if (type == String.class) {
      return value;
    }
    throw new IllegalStateException("no settings of " + type);
  }

  private static String kind(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return "one of "
          + String.join(", ", Arrays.stream(type.getEnumConstants()).map(Settings::text).toList());
    }
    return type == boolean.class
        ? "true or false"
        : type == List.class
            ? "numbers, separated by commas"
            : type == int.class || type == long.class ? "a whole number" : "a number";
  }
}
