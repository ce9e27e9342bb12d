package io.millrace.edge.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.edge.admit.Credentials;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Masks every occurrence of secrets in a text, in any spelling: plain, in base64, or with any of
 * its characters escaped as in a URL, in JSON or in XML.
 *
 * <p>Strangers choose the texts, so the time must not depend on what they contain: each position of
 * a text is visited once, for all secrets together, and followed only as far as a secret matches
 * it. The number of secrets does not matter.
 */
final class SecretMask {
  private static final int NOWHERE = -1;
  private static final int CUT_OFF = Integer.MAX_VALUE;

  /** The characters that begin an escape. */
  private static final String ESCAPES = "%\\&+";

  /** The characters that may follow the beginning of one or more secrets. */
  private static final class Node {
    private final Map<Integer, Node> next = new HashMap<>();
    private boolean ends;
  }

  private final Node root = new Node();

  /** The characters a spelling can begin with; they rule out most positions in a text. */
  private final BitSet beginnings = new BitSet();

  private SecretMask() {
    ESCAPES.chars().forEach(beginnings::set);
    // The first bytes of characters of several bytes, in a text of one character per byte.
    beginnings.set(0xc2, 0xf5);
  }

  static SecretMask of(Collection<String> values) {
    SecretMask mask = new SecretMask();
    values.stream().flatMap(SecretMask::forms).forEach(mask::add);
    return mask;
  }

  /** HTTP Basic uses {@code user:password}; the password alone is secret too. */
  private static Stream<String> forms(String value) {
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
    return Stream.of(value, value.substring(value.indexOf(':') + 1), base64, url);
  }

  private void add(String secret) {
    if (secret.isEmpty()) {
      return;
    }
    beginnings.set(secret.charAt(0));
    Node node = root;
    for (int character : secret.codePoints().toArray()) {
      node = node.next.computeIfAbsent(character, unseen -> new Node());
    }
    node.ends = true;
  }

  /** Returns the text with the secrets masked. */
  String mask(String text) {
    return mask(text, false);
  }

  /** Masks a truncated text: a secret may have been cut in two at its end. */
  String maskCutOff(String text) {
    return mask(text, true);
  }

  /** Secrets that overlap are masked as one. */
  private String mask(String text, boolean isCutOff) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int at = 0; at < text.length(); at++) {
      int end = Math.min(end(text, at, isCutOff), text.length());
      if (end > at) {
        if (at >= copied) {
          masked.append(text, copied, at).append(Credentials.MASK);
        }
        copied = Math.max(copied, end);
      }
      if (copied == text.length()) {
        break;
      }
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  /**
   * The furthest end of a secret that begins at a position, or {@link #NOWHERE}.
   *
   * @param untilCutOff whether to return {@link #CUT_OFF} if the text ends in the middle of a
   *     secret
   */
  private int end(String text, int start, boolean untilCutOff) {
    if (!beginnings.get(text.charAt(start))) {
      return NOWHERE;
    }
    int end = NOWHERE;
    TreeMap<Integer, Set<Node>> reached = new TreeMap<>(Map.of(start, Set.of(root)));
    while (!reached.isEmpty()) {
      Map.Entry<Integer, Set<Node>> nearest = reached.pollFirstEntry();
      int at = nearest.getKey();
      List<Spelling> spelled = Spelling.at(text, at);
      boolean broken = untilCutOff && Spelling.isCutOff(text, at);
      for (Node node : nearest.getValue()) {
        end = node.ends ? at : end;
        if (broken && !node.next.isEmpty()) {
          return CUT_OFF;
        }
        for (Spelling each : spelled) {
          Node next = node.next.get(each.character());
          if (next != null) {
            reached.computeIfAbsent(at + each.length(), unseen -> new HashSet<>()).add(next);
          }
        }
      }
    }
    return end;
  }
}
