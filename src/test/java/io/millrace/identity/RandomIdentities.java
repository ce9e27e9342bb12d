package io.millrace.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Random people and accounts with shared devices, merges, mistakes and decisions. */
final class RandomIdentities {
  private static final List<String> KINDS =
      List.of("email", "email", "phone", "contact@crm", "contact@shop", "lead@crm", "cookie@app");
  private static final List<String> ACCOUNTS = List.of("domain", "account@crm");

  private final Random random;
  private final int people;
  private final int names;
  private final double stray;

  RandomIdentities(Random random) {
    this.random = random;
    people = 1 + random.nextInt(6);
    names = 1 + random.nextInt(5);
    stray = random.nextInt(4) * 0.1;
  }

  static IdentityRules rules(int largest) {
    return new IdentityRules(
        List.of(
            new KindRule("email", 2, 2, List.of()),
            new KindRule("phone", 2, 2, List.of()),
            new KindRule("contact", 1, 3, List.of()),
            new KindRule("lead", 2, 2, List.of()),
            new KindRule("cookie", 3, 2, List.of())),
        List.of(new KindRule("domain", 2, 2, List.of()), new KindRule("account", 1, 2, List.of())),
        largest,
        Set.of());
  }

  /** Links and decisions in random order, some of them more than once. */
  List<SpecificRecord> inputs(int count) {
    List<SpecificRecord> inputs = new ArrayList<>();
    while (inputs.size() < count) {
      SpecificRecord input = input();
      int times = random.nextInt(5) == 0 ? 2 : 1;
      for (int i = 0; i < times; i++) {
        inputs.add(random.nextInt(inputs.size() + 1), input);
      }
    }
    return inputs;
  }

  private SpecificRecord input() {
    List<String> kinds = random.nextInt(8) == 0 ? ACCOUNTS : KINDS;
    String one = identifier(kinds, random.nextInt(people));
    String other = one;
    for (int i = 0; other.equals(one); i++) {
      boolean isStray = i > 20 || random.nextDouble() < stray;
      other = identifier(kinds, isStray ? random.nextInt(people + 3) : owner(one));
    }
    int at = random.nextInt(30);
    return switch (random.nextInt(20)) {
      case 0 -> IdentityInputs.decided(pick("JOIN", "SPLIT", "WITHDRAWN"), one, other, at);
      case 1 -> IdentityInputs.decided(pick("BLOCK", "ERASED", "WITHDRAWN"), one, at);
      case 2, 3 -> merge(one, other, at);
      default -> IdentityInputs.named(one, other, at);
    };
  }

  private SpecificRecord merge(String one, String other, int at) {
    return random.nextInt(4) == 0
        ? IdentityInputs.merged(one, other, at)
        : IdentityInputs.merged(
            "contact@crm:" + owner(one) + "-0", "contact@crm:" + owner(other) + "-1", at);
  }

  private static int owner(String identifier) {
    return Integer.parseInt(
        identifier.substring(identifier.indexOf(':') + 1, identifier.indexOf('-')));
  }

  private String identifier(List<String> kinds, int person) {
    return kinds.get(random.nextInt(kinds.size())) + ":" + person + "-" + random.nextInt(names);
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }
}
