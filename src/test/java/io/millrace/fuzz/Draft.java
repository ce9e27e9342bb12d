package io.millrace.fuzz;

import io.millrace.bench.sender.Outgoing;
import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request on the way to being a hostile one: changed step by step. */
final class Draft {
  private static final int MOST_CHANGES = 8;
  private static final List<String> HEADERS =
      List.of("authorization", "content-type", "x-hook-secret", "content-encoding", "x-signature");

  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private String method;
  private String url;
  private byte[] body;

  private Draft(Outgoing sent) {
    method = sent.method();
    url = sent.url();
    body = sent.body();
    sent.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
  }

  static Draft of(Outgoing sent) {
    return new Draft(sent);
  }

  SignedRequest request() {
    return new SignedRequest(method, url, Headers.of(headers), body);
  }

  /** Changes what the choices say, until they are used up. */
  Draft changed(Choices choices) {
    for (int change = 0; change < MOST_CHANGES && !choices.isUsedUp(); change++) {
      change(choices);
    }
    return this;
  }

  /** Another body instead. */
  Draft withBody(byte[] other) {
    body = other;
    return this;
  }

  private void change(Choices choices) {
    switch (choices.below(16)) {
      case 0, 1 -> flip(choices);
      case 2, 3 -> splice(choices, 0, piece(choices));
      case 4 -> splice(choices, choices.below(64), new byte[0]);
      case 5 -> splice(choices, choices.below(16), piece(choices));
      case 6 -> body = piece(choices);
      case 7 -> repeat(choices);
      case 8 -> body = Arrays.copyOf(body, body.length - choices.below(body.length + 1));
      case 9 -> changeHeader(choices);
      case 10 -> headers.remove(name(choices));
      case 11 -> headers.put(choices.of(HEADERS), List.of(choices.of(Pieces.OF_HEADERS)));
      case 12, 13 -> changeHeader(choices);
      case 14 -> {
        int at = choices.below(url.length() + 1);
        url = url.substring(0, at) + choices.of(Pieces.OF_ADDRESSES) + url.substring(at);
      }
      default -> method = choices.of(List.of("GET", "PUT", "", "post"));
    }
  }

  private void changeHeader(Choices choices) {
    String name = name(choices);
    List<String> values = headers.getOrDefault(name, List.of(""));
    String value = values.getFirst();
    String piece = choices.of(Pieces.OF_HEADERS);
    headers.put(
        name,
        switch (choices.below(7)) {
          case 0 -> List.of(piece);
          case 1 -> List.of(value + piece);
          case 2 -> List.of(piece + value);
          case 3 -> List.of(value, piece);
          case 4 -> List.of(value, value);
          case 5 -> List.of(value.substring(0, value.length() - choices.below(value.length() + 1)));
          default -> List.of(withOtherLetter(value, choices));
        });
  }

  private static String withOtherLetter(String value, Choices choices) {
    if (value.isEmpty()) {
      return value;
    }
    StringBuilder text = new StringBuilder(value);
    text.setCharAt(choices.below(value.length()), (char) choices.below(256));
    return text.toString();
  }

  private String name(Choices choices) {
    return headers.isEmpty() ? choices.of(HEADERS) : choices.of(new ArrayList<>(headers.keySet()));
  }

  private void flip(Choices choices) {
    if (body.length > 0) {
      body = body.clone();
      body[choices.below(body.length)] ^= (byte) (1 << choices.below(8));
    }
  }

  private void splice(Choices choices, int removed, byte[] inserted) {
    int start = choices.below(body.length + 1);
    int end = Math.min(body.length, start + removed);
    body = joined(Arrays.copyOf(body, start), inserted, Arrays.copyOfRange(body, end, body.length));
  }

  private void repeat(Choices choices) {
    int start = choices.below(body.length + 1);
    byte[] part = Arrays.copyOfRange(body, start, Math.min(body.length, start + 100));
    byte[] many = new byte[0];
    for (int times = choices.below(40); times >= 0; times--) {
      many = joined(many, part);
    }
    body = joined(Arrays.copyOf(body, start), many, Arrays.copyOfRange(body, start, body.length));
  }

  private static byte[] piece(Choices choices) {
    return choices.of(Pieces.OF_BODIES).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
