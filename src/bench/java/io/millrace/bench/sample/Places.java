package io.millrace.bench.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills the placeholders of one event's template. The same placeholder has the same value
 * everywhere in the event.
 *
 * <ul>
 *   <li>{@code email first last name phone title company domain}: the person
 *   <li>{@code person|company|event|delivery|account uuid|hex N|key N|digits N|number N [SALT]}: an
 *       id of that thing; a number is one in JSON too
 *   <li>{@code at FORM}, {@code in PERIOD FORM}, {@code ago PERIOD FORM}: times as {@link Times}
 *       writes them
 *   <li>{@code pick A|B|C}, {@code int LOW HIGH}, {@code decimal LOW HIGH}: by chance
 *   <li>{@code walk NAME A|B|C}: the next of these for this person; {@code was NAME} the previous
 *       one
 *   <li>{@code text PLACE}: as text, even if it is a number
 * </ul>
 */
final class Places {
  private static final int CENTS = 2;
  private static final int HUNDRED = 100;

  private final Moment moment;
  private final Map<String, JsonNode> known = new HashMap<>();
  private final Map<String, String> before = new HashMap<>();

  Places(Moment moment) {
    this.moment = moment;
  }

  /**
   * The value of a placeholder.
   *
   * @throws IllegalArgumentException if it is unknown
   */
  JsonNode value(String place) {
    JsonNode value = known.get(place);
    if (value == null) {
      value = made(place);
      known.put(place, value);
    }
    return value;
  }

  private JsonNode made(String place) {
    List<String> words = List.of(place.split(" "));
    String rest = place.substring(Math.min(place.length(), words.get(0).length() + 1));
    if (words.size() == 1) {
      return TextNode.valueOf(ofPerson(place));
    }
    return switch (words.get(0)) {
      case "person", "company", "event", "delivery", "account" -> id(words);
      case "text" -> TextNode.valueOf(value(rest).asText());
      case "at" -> Times.write(moment.at(), rest);
      case "in" -> Times.write(shifted(words.get(1), 1), rest.split(" ", 2)[1]);
      case "ago" -> Times.write(shifted(words.get(1), -1), rest.split(" ", 2)[1]);
      case "pick" -> TextNode.valueOf(pick(rest));
      case "int" -> LongNode.valueOf(between(words.get(1), words.get(2)));
      case "decimal" -> decimal(words);
      case "walk" -> TextNode.valueOf(walk(words.get(1), rest.split(" ", 2)[1]));
      case "was" -> TextNode.valueOf(was(rest));
      default -> throw nothing(place);
    };
  }

  private static IllegalArgumentException nothing(String place) {
    return new IllegalArgumentException("Unknown placeholder {{" + place + "}}");
  }

  private String ofPerson(String place) {
    Person person = moment.actor().person();
    return switch (place) {
      case "email" -> person.email();
      case "first" -> person.firstName();
      case "last" -> person.lastName();
      case "name" -> person.name();
      case "phone" -> person.phone();
      case "title" -> person.title();
      case "company" -> person.company();
      case "domain" -> person.domain();
      default -> throw nothing(place);
    };
  }

  private JsonNode id(List<String> words) {
    String shape = words.get(1);
    boolean sized = !"uuid".equals(shape);
    int length = sized ? Integer.parseInt(words.get(2)) : 0;
    int salt = sized ? 3 : 2;
    String kind = words.size() > salt ? words.get(salt) : "";
    String scope = kind + "/" + moment.run() + "/" + words.get(0);
    return switch (shape) {
      case "number" -> LongNode.valueOf(Ids.number(length, scope, serial(words.get(0))));
      case "digits" ->
          TextNode.valueOf(Long.toString(Ids.number(length, scope, serial(words.get(0)))));
      default -> TextNode.valueOf(Ids.text(shape, length, scope + "/" + thing(words.get(0))));
    };
  }

  private long serial(String scope) {
    return switch (scope) {
      case "person", "company" -> moment.actor().person().serial();
      case "event" -> moment.event();
      case "delivery" -> moment.delivery();
      default -> 0;
    };
  }

  private String thing(String scope) {
    return "company".equals(scope)
        ? moment.actor().person().domain()
        : Long.toString(serial(scope));
  }

  private Instant shifted(String period, int direction) {
    return period.contains("T")
        ? moment.at().plus(Duration.parse(period).multipliedBy(direction))
        : moment
            .at()
            .atOffset(ZoneOffset.UTC)
            .plus(Period.parse(period).multipliedBy(direction))
            .toInstant();
  }

  private String pick(String choices) {
    String[] all = choices.split("\\|", -1);
    return all[moment.chance().nextInt(all.length)];
  }

  private String walk(String name, String choices) {
    String[] all = choices.split("\\|", -1);
    int step = moment.actor().step(name, all.length);
    before.put(name, step == 0 ? all[all.length - 1] : all[step - 1]);
    return all[step];
  }

  private String was(String name) {
    String was = before.get(name);
    if (was == null) {
      throw new IllegalArgumentException("{{was " + name + "}} must come after its walk");
    }
    return was;
  }

  private long between(String low, String high) {
    return moment.chance().nextLong(Long.parseLong(low), Long.parseLong(high) + 1);
  }

  private JsonNode decimal(List<String> words) {
    long cents =
        moment
            .chance()
            .nextLong(
                Long.parseLong(words.get(1)) * HUNDRED, Long.parseLong(words.get(2)) * HUNDRED);
    return DecimalNode.valueOf(BigDecimal.valueOf(cents, CENTS));
  }
}
