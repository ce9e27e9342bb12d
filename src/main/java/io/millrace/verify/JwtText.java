package io.millrace.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A JSON Web Token taken apart (RFC 7515, section 3.1); nothing in it is believed yet. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never kept.
record JwtText(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {
  /** Many times what any sender makes; decoding costs whoever does not sign too. */
  private static final int LONGEST = 16_384;

  /** Seconds in the year 33658: no time to come is refused, and none overflows. */
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(1_000_000_000_000L);

  static JwtText parse(String text, String place) {
    if (text.length() > LONGEST) {
      throw new Refusal(Reason.MALFORMED, "The token in the " + place + " is too long");
    }
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.size() != 3) {
      throw malformed(place);
    }
    String signed = parts.get(0) + "." + parts.get(1);
    return new JwtText(
        object(parts.get(0), place),
        object(parts.get(1), place),
        signed.getBytes(StandardCharsets.US_ASCII),
        // No signature is not malformed: it says so itself, and is refused for that.
        parts.get(2).isEmpty() ? new byte[0] : bytes(parts.get(2), place));
  }

  /** A time of RFC 7519, section 2: seconds, perhaps with a fraction. */
  Optional<Instant> time(String claim) {
    JsonNode value = claims.path(claim);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isNumber()
        || value.decimalValue().signum() < 0
        || value.decimalValue().compareTo(LAST_SECOND) > 0) {
      throw new Refusal(Reason.MALFORMED, "The claim " + claim + " is not a time in seconds");
    }
    return Optional.of(Instant.ofEpochSecond(value.decimalValue().longValue()));
  }

  private static ObjectNode object(String part, String place) {
    return JsonBody.object(bytes(part, place)).orElseThrow(() -> malformed(place));
  }

  private static byte[] bytes(String part, String place) {
    return Encoding.BASE64URL.decode(part).orElseThrow(() -> malformed(place));
  }

  private static Refusal malformed(String place) {
    return new Refusal(Reason.MALFORMED, "The " + place + " holds no JSON Web Token");
  }
}
