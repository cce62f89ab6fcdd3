package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The camera is the browser's own make-believe one. */
final class CameraPageTest extends PageTest {

  @Test
  void a_picture_is_taken_and_asked_about() {
    openFilled("identify");
    allow("granted");
    page.press("Camera");
    page.await("the camera", () -> page.find("dialog .primary").isEnabled());
    page.press("Take picture");
    page.await("an answer", () -> page.shows("#identify .verdict"));
    assertThat(page.shows("#identify .shown")).isTrue();
    assertThat(page.all("dialog")).isEmpty();
  }

  @Test
  void where_the_camera_is_not_allowed_the_page_says_what_to_do() {
    openFilled("identify");
    allow("denied");
    page.press("Camera");
    page.awaitText("dialog", "choose a picture file");
    page.press("Cancel");
    assertThat(page.all("dialog")).isEmpty();
  }

  private void allow(String setting) {
    page.driver()
        .executeCdpCommand(
            "Browser.setPermission",
            Map.of(
                "origin",
                server.url(),
                "permission",
                Map.of("name", "camera"),
                "setting",
                setting));
  }
}
