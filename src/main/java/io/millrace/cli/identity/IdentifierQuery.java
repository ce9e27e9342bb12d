package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import io.millrace.identity.IdentifierIds;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.KindRule;
import io.millrace.normalize.field.Checked;
import io.millrace.normalize.field.FieldFormat;
import io.millrace.normalize.field.FieldKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what operators type for an identifier: an e-mail address, a telephone number, {@code
 * kind:system:value}, the key of a record ({@code contact/crm:101}), or an opaque id.
 *
 * @param ids makes ids of identifiers; not asked for an opaque id, which needs no key
 * @param systems the systems that give ids, for a text without one
 */
record IdentifierQuery(
    Supplier<IdentifierIds> ids, IdentityRules rules, Supplier<List<String>> systems) {
  static final String FORMS =
      "write an e-mail address, a telephone number (+49 30 901820), kind:system:value"
          + " (contact:crm:101), a record (contact/crm:101), or an opaque id of 26 characters";

  private static final Set<String> EVERYWHERE = Set.of("email", "phone", "domain");
  private static final Pattern OPAQUE =
      Pattern.compile("[a-z2-7]{%d}".formatted(IdentifierIds.LENGTH));
  private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ()./-]{5,}");
  private static final Pattern DOMAIN = Pattern.compile("([A-Za-z0-9-]+\\.)+[A-Za-z][A-Za-z0-9-]+");

  /**
   * The identifiers that a text may mean, the likeliest first.
   *
   * @throws CommandException when it cannot mean any
   */
  List<Candidate> candidates(String typed) {
    String text = typed.strip();
    List<Candidate> found = new ArrayList<>();
    if (OPAQUE.matcher(text).matches()) {
      found.add(new Candidate(text, Optional.empty()));
    } else if (isRecord(text)) {
      found.addAll(ofRecord(text));
    } else if (isNamed(text)) {
      found.addAll(ofKind(text));
    } else if (text.contains("@")) {
      found.add(everywhere("email", text));
    } else if (NUMBER.matcher(text).matches()) {
      found.add(everywhere("phone", text));
    } else if (DOMAIN.matcher(text).matches()) {
      found.add(everywhere("domain", text));
    }
    if (found.isEmpty()) {
      throw CommandException.usage("'%s' does not name an identifier: %s".formatted(typed, FORMS));
    }
    return List.copyOf(new LinkedHashSet<>(found));
  }

  /** An address may have a slash, but not in front of its only @. */
  private static boolean isRecord(String text) {
    int slash = text.indexOf('/');
    return slash > 0
        && KIND.matcher(text.substring(0, slash)).matches()
        && !(text.contains("@") && text.indexOf(':') < 0);
  }

  private static boolean isNamed(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && KIND.matcher(text.substring(0, colon)).matches();
  }

  private List<Candidate> ofRecord(String text) {
    int slash = text.indexOf('/');
    String kind = text.substring(0, slash);
    String id = text.substring(slash + 1);
    if (OPAQUE.matcher(id).matches()) {
      // The record of engagement is the identifier itself.
      return List.of(new Candidate(id, Optional.empty()));
    }
    return ofSystem(kind, id);
  }

  private List<Candidate> ofKind(String text) {
    int colon = text.indexOf(':');
    String first = text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (EVERYWHERE.contains(first)) {
      return ofEverywhere(first, rest);
    }
    boolean isKind = rest.contains(":") || rules.rule(first).isPresent();
    return isKind || !systems.get().contains(first)
        ? ofSystem(first, rest)
        : ofAnyKind(first, rest);
  }

  /** What staging sources say belongs to their systems alone. */
  private List<Candidate> ofEverywhere(String kind, String rest) {
    int colon = rest.indexOf(':');
    String system = rest.substring(0, Math.max(0, colon));
    String value = rest.substring(colon + 1).strip();
    return value.isEmpty() ? List.of() : List.of(candidate(kind, system, compared(kind, value)));
  }

  /** A value with the system that gave it, or else that value of each system. */
  private List<Candidate> ofSystem(String kind, String rest) {
    int colon = rest.indexOf(':');
    if (colon >= 0 && colon < rest.length() - 1) {
      return List.of(candidate(kind, rest.substring(0, colon), rest.substring(colon + 1)));
    }
    return colon >= 0 || rest.isBlank()
        ? List.of()
        : systems.get().stream().map(system -> candidate(kind, system, rest)).toList();
  }

  private List<Candidate> ofAnyKind(String system, String value) {
    return Stream.concat(rules.people().stream(), rules.accounts().stream())
        .map(KindRule::kind)
        .filter(kind -> !EVERYWHERE.contains(kind))
        .map(kind -> candidate(kind, system, value))
        .toList();
  }

  private Candidate everywhere(String kind, String value) {
    return candidate(kind, "", compared(kind, value.strip()));
  }

  /** The form in which values are compared; one that has none is compared as it is. */
  private static String compared(String kind, String value) {
    if (!kind.equals("phone")) {
      return value.toLowerCase(Locale.ROOT);
    }
    return FieldFormat.of(FieldKind.PHONE).check(value) instanceof Checked.Good good
        ? good.value()
        : value;
  }

  private Candidate candidate(String kind, String system, String value) {
    return Candidate.of(ids.get().identifier(kind, system, value));
  }
}
