package io.millrace.verify;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a request that a signature covers: everything else is the word of whoever sends it.
 *
 * @param body whether every byte of the body is covered
 * @param url whether the URL is
 * @param headers the headers that are, in lower case
 */
public record SignedParts(boolean body, boolean url, Set<String> headers) {
  static final SignedParts NONE = new SignedParts(false, false, Set.of());

  public SignedParts {
    headers =
        headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    headers = Set.copyOf(headers);
  }

  /** The parts that a template covers. */
  static SignedParts of(SignedTemplate signed) {
    return new SignedParts(
        signed.coversBody(), signed.has(TemplateToken.Url.class), signed.headers());
  }

  /** Both have to pass. */
  SignedParts or(SignedParts other) {
    Set<String> either = new HashSet<>(headers);
    either.addAll(other.headers);
    return new SignedParts(body || other.body, url || other.url, either);
  }

  /** A forger chooses which of the two has to pass. */
  SignedParts and(SignedParts other) {
    Set<String> common = new HashSet<>(headers);
    common.retainAll(other.headers);
    return new SignedParts(body && other.body, url && other.url, common);
  }

  /** An unsigned header that must agree with a signed body is as good as signed. */
  SignedParts with(SameValue same) {
    return body
        ? or(
            new SignedParts(
                false,
                false,
                Stream.of(same.first(), same.second())
                    .filter(ValueLocation.InHeader.class::isInstance)
                    .map(header -> ((ValueLocation.InHeader) header).name())
                    .collect(Collectors.toSet())))
        : this;
  }
}
