package io.millrace.bench.sender;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HubSpot signs its URL with twelve escape sequences decoded, and only those. */
final class HubSpotUrl {
  /** Version 3: method, URL, body and the time in milliseconds. */
  static final Message MESSAGE =
      (request, time) ->
          new byte[][] {
            Seal.utf8(request.method() + decoded(request.url())), request.body(), Seal.utf8(time)
          };

  /** The escapes of {@code : / ? @ ! $ ' ( ) * , ;}. */
  private static final Pattern UNDONE =
      Pattern.compile("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", Pattern.CASE_INSENSITIVE);

  private HubSpotUrl() {}

  static String decoded(String url) {
    return UNDONE
        .matcher(url)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
  }
}
