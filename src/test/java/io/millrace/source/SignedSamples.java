package io.millrace.source;

import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests of a test's own making, signed by hand so that they share nothing with the engine. */
final class SignedSamples {
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  static final byte[] BODY =
      "[{\"id\":\"evt_1\",\"name\":\"Zoë ☃\",\"amount\":1.0}, {\"id\":\"evt_2\"}]\r\n"
          .getBytes(StandardCharsets.UTF_8);

  private SignedSamples() {}

  static SignedRequest request(String url, Map<String, String> headers, byte[] body) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    headers.forEach((name, value) -> values.put(name, List.of(value)));
    return new SignedRequest("POST", url, Headers.of(values), body);
  }

  static byte[] hmac(String algorithm, String key, Object... parts)
      throws GeneralSecurityException {
    var mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(utf8(key), algorithm));
    for (var part : parts) {
      mac.update(bytes(part));
    }
    return mac.doFinal();
  }

  private static byte[] bytes(Object part) {
    return part instanceof byte[] bytes ? bytes : utf8((String) part);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
