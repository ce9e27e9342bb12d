package io.millrace.flow.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * CEL's {@code matches}, with each regular expression compiled once instead of for every event. In
 * RE2, which CEL uses, matching time is linear in the text.
 */
final class RegularExpressions {
  private static final int MOST_INSTRUCTIONS = 2_000;

  /** Bounded, because the rules contain them as constants. */
  private final Map<String, Pattern> compiled = new ConcurrentHashMap<>();

  /** The fault of a regular expression; a valid one is compiled and cached. */
  Optional<String> fault(String expression) {
    try {
      Pattern pattern = Pattern.compile(expression);
      compiled.put(expression, pattern);
      return pattern.programSize() <= MOST_INSTRUCTIONS
          ? Optional.empty()
          : Optional.of("the regular expression is too large");
    } catch (PatternSyntaxException invalid) {
      return Optional.of(invalid.getDescription() + ": " + invalid.getPattern());
    }
  }

  /** The function under both its names, x.matches(y) and matches(x, y). */
  @SuppressWarnings("Immutable") // compiling twice gives the same result, and the map is concurrent
  Set<CelFunctionBinding> functions() {
    return CelFunctionBinding.fromOverloads(
        "matches",
        CelFunctionBinding.from("matches", String.class, String.class, this::find),
        CelFunctionBinding.from("matches_string", String.class, String.class, this::find));
  }

  boolean find(String text, String expression) {
    return compiled.computeIfAbsent(expression, Pattern::compile).matcher(text).find();
  }
}
