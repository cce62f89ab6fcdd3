package dev.doppel.cli;

import dev.doppel.torch.Libtorch;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.IVersionProvider;

/** What this program is and runs on, as {@code --version} says it. */
final class Version implements IVersionProvider {

  /** The version of Doppel: of its jar, or "unpackaged" where it runs from classes. */
  static String ofDoppel() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  /** All versions that a model's figures may depend on, by name. */
  static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("doppel", ofDoppel());
    versions.put("java", Runtime.version().toString());
    versions.put("libtorch", Libtorch.version());
    versions.put("machine", Machine.describe());
    return versions;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"doppel " + ofDoppel() + " (Java " + Runtime.version() + ")"};
  }
}
