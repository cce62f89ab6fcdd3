package dev.doppel.search;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Looks for the quickest kernels, once. */
final class BestKernels {

  static final Kernels FOUND = find();

  private BestKernels() {}

  private static Kernels find() {
    Kernels best = PlainKernels.INSTANCE;
    var providers =
        ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader()).stream().toList();
    for (ServiceLoader.Provider<Kernels> each : providers) {
      try {
        Kernels found = each.get();
        if (found.lanes() > best.lanes()) {
          best = found;
        }
      } catch (ServiceConfigurationError | LinkageError unusable) {
        System.getLogger(Kernels.class.getPackageName())
            .log(
                System.Logger.Level.INFO,
                "Search runs on plain loops: this JVM was started without"
                    + " --add-modules jdk.incubator.vector");
      }
    }
    return best;
  }
}
