package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IdentifyCommandTest {

  @TempDir private Path folder = Path.of("");
  private TinyWorld world = new TinyWorld(folder, folder, folder);
  private Path ring = Path.of("");
  private Path bar = Path.of("");

  @BeforeEach
  void enrolTwoShapes() {
    world = TinyWorld.in(folder);
    ring = world.ring("ask/ring.png");
    bar = world.bar("ask/stranger.png", 3);
    world.run("enroll", "ring", ring, "--meta", "kind=round");
    world.run("enroll", "cross", world.cross("cross.png"), "--meta", "kind=straight");
  }

  @Test
  void whatIsKnownIsNamedWithWhatSpeaksForIt() {
    CommandLineRun run = world.run("identify", ring);

    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(ring + " shows \"ring\".\n")
        .contains("probability", "cross", "among 2 labels, 1 in 100 pictures of other things");
  }

  @Test
  void aStrangerIsAnAnswerToo() {
    CommandLineRun run = world.run("identify", bar, "--top", 1);

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("shows nothing that is enrolled. Closest is");
  }

  @Test
  void oneDocumentHoldsAllAnswers() {
    CommandLineRun run = world.run("identify", folder.resolve("ask"), "--json");

    JsonNode json = run.json();
    assertThat(run.exit()).isZero();
    assertThat(json.get("answers")).hasSize(2);
    JsonNode known = json.get("answers").get(0);
    assertThat(known.get("file").asText()).isEqualTo(ring.toString());
    assertThat(known.get("decision").asText()).isEqualTo("known");
    assertThat(known.get("label").asText()).isEqualTo("ring");
    assertThat(known.get("probability").asDouble()).isBetween(0.9, 1.0);
    assertThat(known.get("labels").asInt()).isEqualTo(2);
    assertThat(known.get("ranked")).hasSize(2);
    assertThat(known.at("/ranked/0/items").asInt()).isEqualTo(1);
    assertThat(json.get("answers").get(1).get("decision").asText()).isEqualTo("unknown");
    assertThat(json.get("unreadable")).isEmpty();
  }

  @Test
  void aTableForProgramsHasARowForEachImage() {
    CommandLineRun run = world.run("identify", folder + "/ask/*.png", "--csv");

    assertThat(run.out().lines())
        .hasSize(3)
        .first()
        .isEqualTo("file,decision,label,probability,score,threshold,labels");
    assertThat(run.out().lines().skip(1).findFirst())
        .get()
        .asString()
        .startsWith(ring + ",known,ring,");
  }

  @Test
  void aDocumentALineIsForWhoReadsAlong() {
    CommandLineRun run = world.run("identify", ring, bar, "--jsonl");

    assertThat(run.out().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("{\"file\":").endsWith("}"));
  }

  @Test
  void aTableForPeopleEndsWithASum() {
    assertThat(world.run("identify", ring, bar).out())
        .contains("image", "ring.png", "1 known, 0 unsure, 1 unknown.");
  }

  @Test
  void aFilterComparesOnlyWithWhatPasses() {
    JsonNode json = world.run("identify", ring, "--where", "kind=straight", "--json").json();

    assertThat(json.at("/answers/0/label").asText()).isEqualTo("cross");
    assertThat(json.at("/answers/0/labels").asInt()).isEqualTo(1);
    assertThat(world.run("identify", ring, "--where", "kind=odd").err()).contains("kind", "odd");
  }

  @Test
  void whatCannotBeReadIsToldBesideTheOtherAnswers() {
    Path broken = world.write("broken.png", new byte[] {1});

    CommandLineRun run = world.run("identify", ring, broken, "--json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().get("answers")).hasSize(1);
    assertThat(run.json().at("/unreadable/0/file").asText()).isEqualTo(broken.toString());
    assertThat(run.err()).contains("1 picture could not be read", "broken.png");
    assertThat(world.run("identify", ring, broken, "--skip-unreadable").exit()).isZero();
  }

  @Test
  void noAnswerAtAllIsAnError() {
    Path broken = world.write("broken.png", new byte[] {1});

    for (String form : new String[] {"--json", "--stacktrace"}) {
      CommandLineRun run = world.run("identify", broken, form);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("broken.png: not a picture");
    }
  }

  @Test
  void aMissingGalleryIsAnsweredWithTheNearest() {
    CommandLineRun run =
        CommandLineRun.of("identify", ring, "--gallery", folder.resolve("tinny.gallery"), "--json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().at("/error/kind").asText()).isEqualTo("gallery");
    assertThat(run.err())
        .contains("There is no gallery at", "Did you mean --gallery " + world.gallery() + "?");
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThat(world.run("identify", ring, "--top", 0).exit()).isEqualTo(2);
    assertThat(world.run("identify", ring, "--false-accepts", 1).exit()).isEqualTo(2);
    assertThat(world.run("identify", ring, "--csv", "--jsonl").exit()).isEqualTo(2);
  }

  /** To read a pipe that nobody writes to takes for ever. */
  @Test
  @Timeout(60)
  void aPipeIsRefused() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    if (!Files.isExecutable(Path.of("/usr/bin/mkfifo"))
        || new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor() != 0) {
      return;
    }
    CommandLineRun run = world.run("identify", pipe);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("pipe.png is a pipe or a device");
  }

  @Test
  void whatIsNoTextInAFilesNameIsShownAndNotObeyed() throws IOException {
    Path red = Files.copy(ring, folder.resolve("e\u001b[31m.png"));
    Path two = Files.copy(ring, folder.resolve("a\nb.png"));
    Path broken = Files.writeString(folder.resolve("x\u001b\ny.png"), "no picture");

    CommandLineRun one = world.run("identify", two);
    CommandLineRun run = world.run("identify", red, two, broken);
    CommandLineRun lines = world.run("identify", red, two, broken, "--jsonl");

    assertThat(one.out()).contains("a\\nb.png shows");
    assertThat(run.out()).contains("e\\x1b[31m.png", "a\\nb.png").doesNotContain("\u001b");
    assertThat(run.err()).contains("x\\x1b\\ny.png").doesNotContain("\u001b");
    assertThat(lines.out().lines()).hasSize(3).allMatch(each -> each.startsWith("{"));
    assertThat(lines.out()).doesNotContain("\u001b");
  }

  @Test
  void aLabelIsVerified() {
    JsonNode same = world.run("verify", ring, "--label", "ring", "--json").json();
    JsonNode other = world.run("verify", ring, "--label", "cross", "--json").json();

    assertThat(same.get("same").asBoolean()).isTrue();
    assertThat(other.get("same").asBoolean()).isFalse();
    assertThat(other.get("score").asDouble()).isLessThan(same.get("score").asDouble());
    CommandLineRun unknown = world.run("verify", ring, "--label", "rign");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("Did you mean \"ring\"?");
    assertThat(world.run("verify", ring, bar, "--label", "ring").exit()).isEqualTo(2);
  }
}
