package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    page.await("the window to close", () -> page.all("dialog").isEmpty());
  }

  @Test
  void where_the_camera_is_not_allowed_the_page_says_what_to_do() {
    openFilled("identify");
    allow("denied");
    page.press("Camera");
    page.awaitText("dialog", "choose a picture file");
    page.press("Cancel");
    page.await("the window to close", () -> page.all("dialog").isEmpty());
  }

  @Test
  void of_a_photographed_sheet_only_the_ink_is_asked_about(@TempDir Path folder)
      throws IOException {
    openFilled("identify");
    Path file = folder.resolve("photo.jpg");
    ImageIO.write(photographed(HOOK_AGAIN), "jpg", file.toFile());
    page.find("#identify input[type=file]").sendKeys(file.toString());
    page.awaitText("#identify .verdict", "hook");
    assertThat(page.find("#identify .check input").isSelected()).isTrue();
  }

  /** Strokes on paper that lies half in the shade. */
  private static BufferedImage photographed(String[] strokes) {
    BufferedImage picture = new BufferedImage(900, 700, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, new Color(0xd8d2c4), 900, 700, new Color(0x8c8474)));
    pen.fillRect(0, 0, 900, 700);
    pen.setPaint(new Color(0x2a2a38));
    pen.setStroke(new BasicStroke(12, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (String stroke : strokes) {
      Path2D line = new Path2D.Double();
      for (String point : stroke.split(" ", -1)) {
        String[] at = point.split(",", -1);
        double x = 250 + 4 * Double.parseDouble(at[0]);
        double y = 130 + 4 * Double.parseDouble(at[1]);
        if (line.getCurrentPoint() == null) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
      }
      pen.draw(line);
    }
    pen.dispose();
    return picture;
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
