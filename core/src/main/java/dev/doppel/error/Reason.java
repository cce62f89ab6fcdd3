package dev.doppel.error;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Why reading or writing failed, in a person's words: the exceptions' own are often a path. */
public final class Reason {

  private Reason() {}

  /** The reason, to stand in brackets or after a colon: {@code permission denied}. */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    } else if (failure instanceof AccessDeniedException) {
      return "permission denied";
    } else if (failure instanceof FileAlreadyExistsException) {
      return "it is there already";
    } else if (failure instanceof NotDirectoryException) {
      return "it is no folder";
    } else if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    } else if (failure instanceof FileSystemLoopException) {
      return "a link in it leads back";
    } else if (failure instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    } else if (failure instanceof FileSystemException of) {
      return said(of.getReason());
    }
    String message = failure.getMessage();
    return said(failure instanceof FileNotFoundException ? inBrackets(message) : message);
  }

  private static String said(@Nullable String words) {
    return words == null || words.isBlank() ? "the system does not say why" : words.strip();
  }

  /** {@code NAME (No such file or directory)}: the system's words behind the file's name. */
  private static @Nullable String inBrackets(@Nullable String message) {
    int open = message == null ? -1 : message.lastIndexOf('(');
    return message == null || open < 0 || !message.endsWith(")")
        ? message
        : message.substring(open + 1, message.length() - 1);
  }
}
