package dev.doppel.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void theReasonIsSaidWithoutTheNameOfAnException() {
    assertThat(Reason.of(new NoSuchFileException("a.png")))
        .isEqualTo("there is no such file or folder");
    assertThat(Reason.of(new AccessDeniedException("a.png"))).isEqualTo("permission denied");
    assertThat(Reason.of(new MalformedInputException(1))).isEqualTo("it is no text in UTF-8");
    assertThat(Reason.of(new FileSystemException("a", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(Reason.of(new FileNotFoundException("a (Is a directory)")))
        .isEqualTo("Is a directory");
    assertThat(Reason.of(new IOException("it is odd"))).isEqualTo("it is odd");
    assertThat(Reason.of(new IOException())).isEqualTo("the system does not say why");
  }

  @Test
  void aTemplateEndsAsItDoes() {
    assertThat(new DataException("Given", "Allowed", "Write this:\n{\n  \"a\": 1\n}\n"))
        .hasMessageEndingWith("\n}");
  }
}
