package io.millrace.source;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text in which {@code *} stands for any text: {@code *.propertyChange}. */
record Glob(String written, Pattern pattern) {

  static Glob of(String written) {
    String expression =
        Stream.of(written.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return new Glob(written, Pattern.compile(expression, Pattern.DOTALL));
  }

  boolean matches(String text) {
    return pattern.matcher(text).matches();
  }

  @Override
  public String toString() {
    return written;
  }
}
