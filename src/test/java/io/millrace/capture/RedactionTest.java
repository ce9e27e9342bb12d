package io.millrace.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Redaction redaction = Redaction.ofOneCapture(new Random(7));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email | ada.lovelace@example.com",
        "first_name | Ada",
        "lastname | Lovelace",
        "fullName | Ada Lovelace",
        "customer_name | Ada Lovelace",
        "phone | 030 1234567",
        "mobilephone | (202) 555-0100",
        "anything | call +1 (202) 555-0100 now",
        "anything | see ada@example.com",
        "anything | https://example.com/?mail=ada%40example.com",
        "anything | 203.0.113.7",
        "anything | 2001:db8:85a3::8a2e:370:7334",
        "billing_address | 12 Old Street",
        "city | Berlin",
        "postal_code | SW1A 1AA",
        "ip | 203.0.113.7",
        "latitude | 52.520008",
        "date_of_birth | 1815-12-10",
        "iban | DE89370400440532013000",
        "message | I am not happy",
        "comment | thanks for the call",
        "LinkedInUrl | linkedin.com/in/ada",
        "emailAddress | ada at example"
      })
  void replacesWhatIsPersonal(String name, String value) {
    String redacted = value(name, value);

    assertThat(redacted).isNotEqualTo(value);
    assertThat(redacted.replaceAll("[\\p{L}\\d]+", ""))
        .as("signs stay, but within addresses")
        .hasSizeBetween(0, 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | L-1",
        "event_type | contact.created",
        "name | Acme Ltd",
        "company | Acme Ltd",
        "subject | zen:ticket:4711",
        "currency | EUR",
        "amount | 1200.50",
        "created_at | 2026-03-01T12:00:00.123Z",
        "user_agent | Mozilla/5.0 Chrome/120.0.0.0",
        "url | https://example.com/pricing?plan=pro",
        "capacity | 100",
        "version | 1.2.3",
        "object | evt_1NG8Du2eZvKYlo2CUI79vXWy"
      })
  void leavesTheRestAlone(String name, String value) {
    assertThat(value(name, value)).isEqualTo(value);
  }

  @Test
  void keepsTheIdentityOfPeopleWithinOneCapture() {
    String body =
        """
        {"a": {"email": "ada@example.com"}, "b": {"email": "ADA@example.com"},
         "c": "bob@example.com", "full_name": "Ada Lovelace", "first_name": "Ada",
         "phone": "+1 (202) 555-0100", "mobile": "12025550100"}
        """;
    JsonNode redacted = tree(redact(body, JSON));

    String ada = redacted.at("/a/email").asText();
    assertThat(redacted.at("/b/email").asText()).isEqualTo(ada);
    assertThat(redacted.at("/c").asText()).isNotEqualTo(ada);
    assertThat(redacted.at("/c").asText().split("@", -1)[1]).isEqualTo(ada.split("@", -1)[1]);
    assertThat(redacted.at("/full_name").asText())
        .startsWith(redacted.at("/first_name").asText() + " ");
    assertThat(redacted.at("/phone").asText().replaceAll("\\D", ""))
        .isEqualTo(redacted.at("/mobile").asText());
  }

  @Test
  void replacesDifferentlyInAnotherCapture() {
    String other =
        text(Redaction.ofOneCapture(new Random(8)), "{\"email\": \"ada@example.com\"}", JSON);

    assertThat(redact("{\"email\": \"ada@example.com\"}", JSON)).isNotEqualTo(other);
  }

  @Test
  void sendsNoTestToAnybody() {
    assertThat(value("email", "ada@gmail.com")).matches("p[0-9a-f]{12}@d[0-9a-f]{12}\\.example");
  }

  @Test
  void keepsEveryOtherByteOfJson() {
    String body =
        "{ \"n\" : 1.10 ,\r\n \"big\":12345678901234567890, \"e\":1E+2, \"s\":\"\\u00e9\\/\","
            + " \"n\": null, \"email\":\"ada@example.com\",\"t\":[true , false ]}\n";

    String redacted = redact(body, JSON);

    assertThat(redacted.replaceAll("\"p[^\"]+\"", "\"ada@example.com\"")).isEqualTo(body);
  }

  @Test
  void keepsNumbersNumbers() {
    String redacted = redact("{\"phone\": 4930123456, \"zip\": 10115, \"latitude\": 52.52}", JSON);

    assertThat(redacted).doesNotContain("4930123456", "10115");
    assertThat(tree(redacted).path("phone").isIntegralNumber()).isTrue();
    assertThat(tree(redacted).path("phone").asText()).hasSize(10);
    assertThat(tree(redacted).path("latitude").isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"propertyName\":\"firstname\",\"propertyValue\":\"Augusta\"}]",
        "{\"user_column_data\":[{\"column_id\":\"FULL_NAME\",\"string_value\":\"Augusta King\"}]}",
        "{\"field_data\":[{\"name\":\"full_name\",\"values\":[\"Augusta King\"]}]}",
        "{\"customer\":{\"name\":\"Augusta King\"}}",
        "{\"raw\":\"{\\\"first_name\\\":\\\"Augusta\\\"}\"}",
        "{\"lead\":{\"names\":1,\"name\":\"Augusta\"}}"
      })
  void findsNamesHoweverTheyAreNested(String body) {
    assertThat(redact(body, JSON)).doesNotContain("Augusta");
    assertThat(tree(redact(body, JSON)).getNodeType()).isEqualTo(tree(body).getNodeType());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Stripe, Calendly, Intercom, the envelope
        "{\"data\":{\"object\":{\"object\":\"customer\",\"name\":\"Augusta King\",\"email\":null,\"phone\":null}}}",
        "{\"payload\":{\"name\":\"Augusta King\",\"first_name\":\"Augusta\",\"email\":\"a@example.com\"}}",
        "{\"data\":{\"item\":{\"type\":\"contact\",\"name\":\"Augusta King\",\"email\":\"a@example.com\"}}}",
        "{\"event_type\":\"lead.created\",\"data\":{\"lead_id\":\"L-1\",\"phone\":\"1\",\"name\":\"Augusta King\"}}",
        // Pipedrive
        "{\"data\":{\"name\":\"Augusta King\",\"emails\":[{\"label\":\"work\",\"value\":\"a@example.com\"}]}}",
        "{\"phones\":[{\"label\":\"work\",\"value\":\"030 18151815\"}],\"label\":\"x\"}",
        // Typeform: the name of a question is its own choice, or in the description of the form
        "{\"answers\":[{\"type\":\"text\",\"text\":\"Augusta\",\"field\":{\"id\":\"x\",\"ref\":\"last_name\"}}]}",
        "{\"answers\":[{\"text\":\"Augusta\",\"field\":{\"id\":\"Dk1\",\"ref\":\"0f-a\"}}],\"definition\":"
            + "{\"fields\":[{\"id\":\"Dk1\",\"title\":\"What's your *first name*?\",\"ref\":\"0f-a\"}]}}",
        "{\"fields\":[{\"key\":\"q_1\",\"label\":\"Your last name\",\"value\":\"Augusta\"}]}",
        // Others
        "{\"attendees\":[{\"name\":\"Augusta\"}],\"deal_owner\":{\"name\":\"Augusta\"}}",
        "{\"q4_fullName\":{\"first\":\"Augusta\",\"last\":\"King\"}}",
        "{\"name\":{\"first\":\"Augusta\",\"last\":\"King\"},\"born\":1815}"
      })
  void findsNamesOfPeopleByWhatIsAroundThem(String body) {
    assertThat(redact(body, JSON)).doesNotContain("Augusta", "King", "18151815");
    assertThat(shape(tree(redact(body, JSON)))).isEqualTo(shape(tree(body)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{\"object\":{\"object\":\"plan\",\"name\":\"Gold Plan\",\"amount\":1}}}",
        "{\"event\":{\"name\":\"Gold Webinar\",\"starts_at\":\"2026-01-01\"}}",
        "{\"answers\":[{\"text\":\"Gold\",\"field\":{\"ref\":\"plan\"}}]}",
        "{\"sizes\":[{\"label\":\"metal\",\"value\":\"Gold\"}]}"
      })
  void leavesNamesOfThingsAlone(String body) {
    assertThat(redact(body, JSON)).isEqualTo(body);
  }

  @Test
  void replacesWhatTheEntryOfTheProviderMapsToAPerson() {
    Map<String, String> mapped =
        Map.of("payload.fn", "first_name", "wo", "email", "d.ph", "phone", "value", "amount");
    String body =
        "{\"payload\":{\"fn\":\"Augusta\",\"wo\":\"augusta at home\",\"value\":\"Gold\"},\"fn\":\"Gold\","
            + "\"x\":[{\"d\":[{\"ph\":\"030 123456\"}]}]}";

    String redacted = text(Redaction.ofOneCapture(new Random(7), mapped), body, JSON);

    assertThat(redacted).doesNotContain("Augusta", "augusta", "123456");
    assertThat(redacted.split("Gold", -1)).hasSize(3);
  }

  @Test
  void redactsForms() {
    String redacted =
        redact(
            "type=subscribe&data[merges][FNAME]=Ada&data[email]=ada%40example.com&a=b+c&empty=&x",
            FORM);

    assertThat(redacted)
        .startsWith("type=subscribe&data[merges][FNAME]=")
        .endsWith("&a=b+c&empty=&x")
        .contains(".example")
        .doesNotContain("=Ada&", "ada%40");
  }

  @Test
  @Timeout(20)
  void isNotSlowedDownByWhatIsMadeToBeSlow() {
    String many =
        IntStream.range(0, 60_000)
            .mapToObj(n -> "\"name\":\"a\",\"value\":\"b\",\"title\":\"t\",\"id\":\"" + n + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    String deep = "{\"a\":".repeat(90) + many + "}".repeat(90);
    Map<String, String> mapped = Map.of("a.b.c.name", "email", "value.x", "phone");

    assertThat(text(Redaction.ofOneCapture(new Random(7), mapped), deep, JSON))
        .hasSize(deep.length());
  }

  @Test
  void findsNamesOfPeopleInForms() {
    String redacted =
        redact("data[name]=Augusta+King&data[email]=a%40example.com&form[name]=Gold&x=%zz", FORM);

    assertThat(redacted).doesNotContain("Augusta").endsWith("&form[name]=Gold&x=%zz");
  }

  @Test
  void redactsXml() {
    String xml =
        """
        <?xml version="1.0"?><n:Envelope xmlns:n="http://schemas.xmlsoap.org/soap/envelope/">
        <sf:Id>00Q5g00000ABCDE</sf:Id><sf:FirstName>Ada &amp; Bob</sf:FirstName>
        <sf:Email>ada@example.com</sf:Email><p email="ada@example.com"/>
        <note><![CDATA[call her soon]]></note></n:Envelope>
        """;
    String redacted = redact(xml, "text/xml; charset=utf-8");

    assertThat(redacted)
        .contains("<sf:Id>00Q5g00000ABCDE</sf:Id>", "xmlns:n=\"http://schemas", "<![CDATA[")
        .contains(" &amp; ")
        .doesNotContain("Ada", "Bob", "ada@", "call her");
  }

  @Test
  void redactsMultipartFormsAndDropsFiles() {
    String body =
        String.join(
            "\r\n",
            "--x1",
            "Content-Disposition: form-data; name=\"rawRequest\"",
            "",
            "{\"q3_email\":\"ada@example.com\",\"q4_name\":{\"first_name\":\"Ada\"}}",
            "--x1",
            "Content-Disposition: form-data; name=\"cv\"; filename=\"ada.txt\"",
            "",
            "My life",
            "--x1--",
            "");
    String redacted = redact(body, "multipart/form-data; boundary=x1");

    assertThat(redacted).doesNotContain("ada@", "Ada", "My life", "ada.txt").contains("xxxxxxx");
    assertThat(redacted.split("--x1", -1)).hasSize(4);
  }

  @Test
  void redactsHeadersAndUrl() {
    CapturedContent redacted =
        redaction
            .redact(
                new CapturedContent(
                    "https://example.com/in/web?email=ada%40example.com&plan=pro",
                    Map.of("x-forwarded-for", List.of("203.0.113.7"), "x-id", List.of("7")),
                    new byte[0]))
            .orElseThrow();

    assertThat(redacted.url()).endsWith("&plan=pro").doesNotContain("ada");
    assertThat(redacted.header("x-forwarded-for").orElseThrow()).startsWith("10.");
    assertThat(redacted.headers()).containsEntry("x-id", List.of("7"));
    assertThat(redacted.body()).isEmpty();
  }

  @Test
  void givesUpOnWhatIsNoText() {
    assertThat(
            redaction.redact(
                new CapturedContent("/", Map.of(), new byte[] {(byte) 0xff, (byte) 0xfe, 0})))
        .isEmpty();
  }

  @Test
  void neverLosesTheStructureOfAnyBody() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      String body = json(random, 4);

      JsonNode redacted = tree(redact(body, JSON));

      assertThat(shape(redacted)).as("seed %d: %s", seed, body).isEqualTo(shape(tree(body)));
      assertThat(redacted.toString()).as("seed %d: %s", seed, body).doesNotContain("@example.com");
    }
  }

  private static String json(Random random, int depth) {
    String[] scalars = {
      "\"ada@example.com\"",
      "\"to ada@example.com\"",
      "1.50",
      "-3",
      "null",
      "true",
      "\"\"",
      "\"é \\\" \\n\"",
      "\"{\\\"email\\\":\\\"b@example.com\\\"}\"",
      "\"{\"",
      "\"+4930123456\""
    };
    String[] names = {"email", "name", "value", "propertyName", "text", "phone", "x", "customer"};
    StringBuilder json = new StringBuilder();
    int kind = depth == 0 ? 0 : random.nextInt(3);
    if (kind == 0) {
      return scalars[random.nextInt(scalars.length)];
    }
    json.append(kind == 1 ? "{" : "[");
    for (int index = 0; index < 3; index++) {
      json.append(index == 0 ? "" : ", ");
      json.append(kind == 1 ? '"' + names[random.nextInt(names.length)] + index + "\": " : "");
      json.append(json(random, depth - 1));
    }
    return json.append(kind == 1 ? "}" : "]").toString();
  }

  /** Names, nesting and types, without the values. */
  private static String shape(JsonNode tree) {
    StringBuilder shape = new StringBuilder(tree.getNodeType().name());
    tree.properties().forEach(it -> shape.append(it.getKey()).append(shape(it.getValue())));
    if (tree.isArray()) {
      tree.forEach(element -> shape.append(shape(element)));
    }
    return shape.append(';').toString();
  }

  private String value(String name, String value) {
    JsonNode body = new JsonMapper().createObjectNode().put(name, value);
    return tree(redact(body.toString(), JSON)).path(name).asText();
  }

  private String redact(String body, String type) {
    return text(redaction, body, type);
  }

  private static String text(Redaction redaction, String body, String type) {
    Optional<CapturedContent> redacted =
        redaction.redact(
            new CapturedContent(
                "https://example.com/in/x",
                Map.of("content-type", List.of(type)),
                body.getBytes(UTF_8)));
    return new String(redacted.orElseThrow().body(), UTF_8);
  }

  private static JsonNode tree(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(json, broken);
    }
  }
}
