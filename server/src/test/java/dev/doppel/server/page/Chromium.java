package dev.doppel.server.page;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The machine's own Chromium and its driver; nothing is downloaded. */
final class Chromium {

  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");

  /** Held, so that they stay quiet: each request's line, and the driver's word on its version. */
  private static final List<Logger> QUIET =
      Stream.of("dev.doppel.server", "org.eclipse.jetty", "org.openqa.selenium")
          .map(Logger::getLogger)
          .toList();

  private Chromium() {}

  /**
   * Starts a browser that sees nothing but this machine; empty where none is installed, which a
   * build machine ({@code CI=true}) must not allow.
   */
  static Optional<ChromeDriver> start() {
    QUIET.forEach(each -> each.setLevel(Level.SEVERE));
    Optional<Path> browser = first(BROWSERS);
    Optional<Path> driver = first(DRIVERS);
    if (browser.isPresent() && driver.isPresent()) {
      return Optional.of(start(browser.get(), driver.get()));
    }
    String missing =
        "The page is not tried in a browser: none of %s, or none of %s. Install chromium and"
                .formatted(BROWSERS, DRIVERS)
            + " chromium-driver.";
    if ("true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    System.err.println(missing);
    return Optional.empty();
  }

  private static Optional<Path> first(List<String> files) {
    return files.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  private static ChromeDriver start(Path browser, Path driver) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-extensions",
        "--disable-dev-shm-usage",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--use-fake-device-for-media-stream",
        "--window-size=1200,900"); // and a profile that the driver makes and removes
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox"); // Chromium refuses to run as root with it
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL); // every request
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver started = new ChromeDriver(service, options);
    started.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
    return started;
  }
}
