package dev.doppel.onnx;

import dev.doppel.Answer;
import dev.doppel.Recognizer;
import dev.doppel.image.ImageFile;
import java.nio.file.Path;

/** The README's Java, word for word; {@link ReadmeSnippetTest} compares both and runs it. */
final class ReadmeSnippet {

  private ReadmeSnippet() {}

  public static void main(String[] args) {
    // snippet begins
    try (OpenModel model = ModelFile.open(Path.of("model.onnx"))) {
      Recognizer recognizer = new Recognizer(model.twin());
      recognizer.enrol("ka", ImageFile.read(Path.of("ka.png")));
      recognizer.enrol("ta", ImageFile.read(Path.of("ta.png")));
      Answer answer = recognizer.identify(ImageFile.read(Path.of("unknown.png")));
      System.out.println(answer.known() ? answer.label() : "neither");
    }
    // snippet ends
  }
}
