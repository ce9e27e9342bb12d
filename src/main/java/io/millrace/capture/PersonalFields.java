package io.millrace.capture;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises fields with personal data by their names. */
final class PersonalFields {
  /** In this order: an e-mail address is not a street, though both are called address. */
  private static final Map<Personal, Pattern> KINDS = new LinkedHashMap<>();

  static {
    named(Personal.EMAIL, "e ?mails?", "(e ?)?mail ?address(es)?", "emailaddress", "upn");
    named(Personal.PHONE, "\\w*phones?( ?(numbers?|no))?", "\\w*mobile( ?(number|no))?", "tel");
    named(Personal.PHONE, "fax( ?number)?", "cell", "whats ?app", "msisdn", "wa ?id");
    named(Personal.BIRTHDAY, "birth ?(day|date)", "date ?of ?birth", "dob");
    named(Personal.IP_ADDRESS, "ip", "ip ?address", "(client|remote) ?(ip|addr|address)");
    named(Personal.NUMBER, "ssn", "social ?security ?number", "tax ?(id|number)", "vat ?id");
    named(Personal.NUMBER, "national ?id", "passport( ?number)?", "iban", "bank ?account");
    named(Personal.NUMBER, "(account|routing|card) ?number", "pan", "last ?4");
    named(Personal.POSITION, "latitude", "longitude", "lat", "lng", "lon");
    named(Personal.NAME, "(first|last|full|given|family|middle|maiden|sur|nick) ?name");
    named(Personal.NAME, "(display|real|contact|customer|person|user|screen|push) ?name");
    named(Personal.NAME, "(sender|recipient|card ?holder|holder) ?name", "[fl]name");
    named(Personal.NAME, "linked ?in( ?(url|profile))?", "(twitter|instagram)( ?handle)?");
    named(Personal.ADDRESS, "street( ?(address|name|number))?", "address( ?line)?( ?\\d)?");
    named(Personal.ADDRESS, "line ?[123]", "city", "town", "zip( ?code)?");
    named(Personal.ADDRESS, "post(al)? ?code");
    named(Personal.TEXT, "messages?", "comments?", "notes?", "bio", "about", "feedback");
    named(Personal.TEXT, "description", "text", "body( ?(text|html|plain))?", "subject");
    named(Personal.TEXT, "snippet", "transcript", "answer", "question");
  }

  /**
   * Parents in which {@code name} is a person's; elsewhere it names a company, an event, a form.
   */
  private static final Set<String> PEOPLE =
      Set.of(
          "person",
          "people",
          "contact",
          "contacts",
          "customer",
          "customer details",
          "user",
          "users",
          "lead",
          "profile",
          "invitee",
          "respondent",
          "attendee",
          "participant",
          "sender",
          "recipient",
          "from",
          "author",
          "owner",
          "assignee",
          "requester",
          "submitter",
          "billing details",
          "shipping",
          "shipping address",
          "billing address",
          "visitor",
          "subscriber",
          "actor",
          "traits",
          "signer",
          "candidate",
          "employee");

  private static final Set<String> PARTS_OF_NAME =
      Set.of("first", "last", "middle", "given", "family", "full", "formatted");

  private PersonalFields() {}

  /**
   * Whether only objects about people have such a field, so that {@code name} next to it is theirs.
   */
  static boolean isOfPeople(String name) {
    return kind(name, "")
        .filter(
            kind ->
                kind == Personal.EMAIL
                    || kind == Personal.PHONE
                    || kind == Personal.BIRTHDAY
                    || (kind == Personal.NAME && words(name).matches("(first|last|[fl]) ?name")))
        .isPresent();
  }

  /** Also in the plural, and with words before: primary contacts. */
  private static boolean isPerson(String words) {
    String last = words.substring(words.lastIndexOf(' ') + 1);
    return Stream.of(words, last, last.replaceFirst("s$", "")).anyMatch(PEOPLE::contains);
  }

  private static void named(Personal kind, String... names) {
    String any = String.join("|", names);
    String before = KINDS.containsKey(kind) ? KINDS.get(kind).pattern() + "|" : "";
    KINDS.put(kind, Pattern.compile(before + "(?:.* )?(?:" + any + ")"));
  }

  /**
   * The kind of personal data in a field.
   *
   * @param parent the name of the object that contains the field; empty if that has none
   */
  static Optional<Personal> kind(String name, String parent) {
    String words = words(name);
    String around = words(parent);
    if (words.equals("name") && isPerson(around)) {
      return Optional.of(Personal.NAME);
    }
    if (around.equals("name") && PARTS_OF_NAME.contains(words)) {
      return Optional.of(Personal.NAME);
    }
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getValue().matcher(words).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** {@code First_Name}, {@code first-name} and {@code firstName} are all {@code first name}. */
  private static String words(String name) {
    return name.replaceAll("(?<=[\\p{Ll}\\d])(?=\\p{Lu})", " ")
        .replaceAll("[^\\p{L}\\d]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
