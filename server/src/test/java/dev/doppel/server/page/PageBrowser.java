package dev.doppel.server.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.MouseButton;
import org.openqa.selenium.interactions.PointerInput.Origin;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The page as a person has it: opened, drawn on, clicked, typed into, looked at. */
final class PageBrowser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern REQUEST =
      Pattern.compile("\"Network.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]+)\"");

  private final ChromeDriver driver;

  PageBrowser(ChromeDriver driver) {
    this.driver = driver;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens an address afresh, with nothing left over from before. */
  void open(String url) {
    go(url);
    await("the page to have asked the server", () -> !text("#model").isEmpty());
  }

  /** Goes to an address, whatever the page there makes of it. */
  void go(String url) {
    driver.get("about:blank");
    driver.get(url);
  }

  /** Closes the page, so that nothing of it goes on. */
  void leave() {
    driver.get("about:blank");
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Whether an element is there and to be seen. */
  boolean shows(String css) {
    return all(css).stream().anyMatch(WebElement::isDisplayed);
  }

  /** The words of an element, as they are in the page. */
  String text(String css) {
    Object text =
        script("return document.querySelector(arguments[0])?.textContent.trim() ?? ''", css);
    return Objects.requireNonNull(text).toString();
  }

  Object script(String script, Object... arguments) {
    Object result = driver.executeScript(script, arguments);
    return result == null ? "" : result;
  }

  void click(String css) {
    clickOne(css, By.cssSelector(css), 0);
  }

  /** Clicks one of several elements, counted from 0; from the end if negative. */
  void click(String css, int which) {
    clickOne(css, By.cssSelector(css), which);
  }

  /** Clicks the button whose words or name begin so, in the topmost window. */
  void press(String words) {
    String begins =
        "//button[starts-with(@aria-label,'%1$s') or starts-with(normalize-space(),'%1$s')]";
    clickOne("a button " + words, By.xpath(begins.formatted(words)), -1);
  }

  /** Waits for it to be there, and tries again if it is painted anew under the hand. */
  private void clickOne(String what, By by, int which) {
    await(
        what + " to be clicked",
        () -> {
          List<WebElement> shown =
              driver.findElements(by).stream().filter(WebElement::isDisplayed).toList();
          int index = which < 0 ? shown.size() + which : which;
          if (index < 0 || index >= shown.size()) {
            return false;
          }
          shown.get(index).click();
          return true;
        });
  }

  void type(String css, String text) {
    WebElement field = find(css);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
    field.sendKeys(text);
  }

  void keys(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Draws strokes with the mouse on the sheet of that place; coordinates are per cent of it. */
  void draw(String css, String... strokes) {
    WebElement sheet = find(css + " canvas.pad");
    script("arguments[0].scrollIntoView({block: 'center'})", sheet);
    var box = sheet.getRect();
    PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "mouse");
    Sequence moves = new Sequence(mouse, 0);
    for (String stroke : strokes) {
      boolean down = false;
      for (String point : stroke.split(" ", -1)) {
        String[] at = point.split(",", -1);
        int x = (int) Math.round((Double.parseDouble(at[0]) / 100 - 0.5) * box.width);
        int y = (int) Math.round((Double.parseDouble(at[1]) / 100 - 0.5) * box.height);
        moves.addAction(
            mouse.createPointerMove(Duration.ofMillis(4), Origin.fromElement(sheet), x, y));
        if (!down) {
          moves.addAction(mouse.createPointerDown(MouseButton.LEFT.asArg()));
          down = true;
        }
      }
      moves.addAction(mouse.createPointerUp(MouseButton.LEFT.asArg()));
    }
    driver.perform(List.of(moves));
  }

  /** Moves the mouse over an element in so many columns and rows, touching nothing. */
  void sweep(String css, int columns, int rows) {
    WebElement place = find(css);
    var box = place.getRect();
    PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "mouse");
    Sequence moves = new Sequence(mouse, 0);
    for (int row = 1; row < rows; row++) {
      for (int column = 1; column < columns; column++) {
        int x = box.width * column / columns - box.width / 2;
        int y = box.height * row / rows - box.height / 2;
        moves.addAction(
            mouse.createPointerMove(Duration.ofMillis(2), Origin.fromElement(place), x, y));
      }
    }
    driver.perform(List.of(moves));
  }

  /** Waits until something holds. */
  void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!now(holds)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited in vain for " + what + "; the page says:\n" + page());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static boolean now(BooleanSupplier holds) {
    try {
      return holds.getAsBoolean();
    } catch (StaleElementReferenceException | ElementClickInterceptedException painted) {
      return false; // anew, or under what is about to go
    }
  }

  /** Waits for words in an element. */
  void awaitText(String css, String words) {
    await("\"" + words + "\" in " + css, () -> text(css).contains(words));
  }

  private String page() {
    return script("return document.body.innerText").toString();
  }

  /** A screen of another size, as a phone has it; width 0 goes back to the window. */
  void screen(int width, int height, double density) {
    if (width == 0) {
      driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
      return;
    }
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", density, "mobile", width < 600));
  }

  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** What the browser complained of since last asked: errors, policy violations. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The hosts that anything was asked from since last asked. */
  Set<String> hosts() {
    Set<String> hosts = new TreeSet<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      Matcher request = REQUEST.matcher(entry.getMessage());
      while (request.find()) {
        String url = request.group(1);
        if (url.matches("(https?|wss?|ftp)://.*")) { // not the browser's own pages, nor blobs
          hosts.add(url.replaceFirst("^\\w+://([^/]*).*$", "$1"));
        }
      }
    }
    return hosts;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
