package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What a command line came to, run within this process. */
record CommandLineRun(int exit, String out, String err) {

  static CommandLineRun of(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
    String[] line = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      line[i] = words[i].toString();
    }
    int exit = new Doppel(console).run(line);
    console.flush();
    return new CommandLineRun(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Standard output as the one JSON document it must be. */
  JsonNode json() {
    try {
      return JsonMapper.builder()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readTree(out);
    } catch (JsonProcessingException broken) {
      throw new AssertionError("no JSON document: " + out, broken);
    }
  }
}
