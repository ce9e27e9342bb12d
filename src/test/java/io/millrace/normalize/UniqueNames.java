package io.millrace.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads bodies whose names are long and never the same, more of them than fit into memory. */
final class UniqueNames {
  private static final int BODIES = 60;
  private static final int NAMES = 21;
  private static final String LONG = "y".repeat(48_000);

  private UniqueNames() {}

  public static void main(String[] arguments) throws Exception {
    for (int body = 0; body < BODIES; body++) {
      StringBuilder json = new StringBuilder("{");
      for (int name = 0; name < NAMES; name++) {
        json.append(name == 0 ? "" : ",").append('"').append(body).append('-').append(name);
        json.append(LONG).append("\":1");
      }
      JsonReader.read(json.append('}').toString().getBytes(UTF_8));
    }
  }
}
