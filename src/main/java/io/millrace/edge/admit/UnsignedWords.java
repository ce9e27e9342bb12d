package io.millrace.edge.admit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.EventFact;
import io.millrace.model.EventTypes;
import io.millrace.provider.Provider;
import io.millrace.verify.Headers;
import io.millrace.verify.SignedText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The headers that say which event a signed body is, and of which type, although no signature
 * covers them.
 *
 * @param ids for each part of an id, the headers that are alternatives, in order
 * @param types for each part of a type, likewise
 * @param typesShareBodies whether the sender may send one body under several types
 */
public record UnsignedWords(
    List<List<String>> ids, List<List<String>> types, boolean typesShareBodies) {

  /**
   * What a request says in them.
   *
   * @param id a fingerprint of the id
   * @param type a fingerprint of the type
   * @param destroys whether the type takes something away
   */
  public record Said(String id, String type, boolean destroys) {}

  static UnsignedWords of(Provider provider) {
    boolean signs = provider.verification().signedParts().body();
    return signs
        ? new UnsignedWords(
            provider.unsignedHeaders(EventFact.ID),
            provider.unsignedHeaders(EventFact.TYPE),
            provider.typesShareBodies())
        : new UnsignedWords(List.of(), List.of(), false);
  }

  public boolean isEmpty() {
    return ids.isEmpty() && types.isEmpty();
  }

  public Said said(Headers headers) {
    String type = words(types, headers).toLowerCase(Locale.ROOT);
    return new Said(
        SignedText.fingerprint(words(ids, headers).getBytes(UTF_8)),
        SignedText.fingerprint(type.getBytes(UTF_8)),
        EventTypes.destroys(type));
  }

  /** The flow reads the first value of the first header that is present, so only that counts. */
  private static String words(List<List<String>> places, Headers headers) {
    return places.stream()
        .map(
            names ->
                names.stream()
                    .flatMap(name -> headers.all(name).stream())
                    .filter(value -> !value.isBlank())
                    .findFirst()
                    .orElse(""))
        .collect(Collectors.joining("\0"));
  }
}
