package io.millrace.cli.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.CommandException;
import io.millrace.identity.IdentifierIds;
import io.millrace.identity.IdentityRules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentifierQueryTest {
  private static final IdentifierIds IDS =
      new IdentifierIds("a key for identifiers".getBytes(UTF_8));
  private final IdentifierQuery query =
      new IdentifierQuery(
          () -> IDS, IdentityRules.load(Path.of("topology/rules")), () -> List.of("crm", "shop"));

  @Test
  void readsAddressesNumbersAndDomainsInTheFormThatIsCompared() {
    assertThat(read(" Ada@Example.COM ")).containsExactly("email:ada@example.com");
    assertThat(read("email:Ada@Example.com")).containsExactly("email:ada@example.com");
    assertThat(read("email::ada@example.com")).containsExactly("email:ada@example.com");
    assertThat(read("o'hara/sales@example.com")).containsExactly("email:o'hara/sales@example.com");
    assertThat(read("+49 (30) 901820")).containsExactly("phone:+4930901820");
    assertThat(read("phone:+49 30 901820")).containsExactly("phone:+4930901820");
    assertThat(read("030 901820")).as("without a country").containsExactly("phone:030 901820");
    assertThat(read("Example.com")).containsExactly("domain:example.com");
  }

  @Test
  void readsIdsWithTheirSystem() {
    assertThat(read("contact:crm:101")).containsExactly("contact:crm:101");
    assertThat(read("anonymous:web:a:b/c")).containsExactly("anonymous:web:a:b/c");
    assertThat(read("contact/crm:101")).containsExactly("contact:crm:101");
    assertThat(read("Contact:crm:X y")).as("exactly as sent").containsExactly("Contact:crm:X y");
    assertThat(read("colour:any:red")).as("a kind that joins nothing").hasSize(1);
  }

  @Test
  void readsAddressesOfStagingSourcesWithTheirSystem() {
    assertThat(read("email:crm-staging:Ada@example.com"))
        .containsExactly("email:crm-staging:ada@example.com");
    assertThat(read("phone:crm-staging:+49 30 901820"))
        .containsExactly("phone:crm-staging:+4930901820");
    assertThat(read("contact:crm-staging/crm:101")).containsExactly("contact:crm-staging/crm:101");
    assertThat(query.candidates("email:crm-staging:ada@example.com").getFirst().id())
        .isEqualTo(IDS.id("email", "crm-staging", "ada@example.com"));
  }

  @Test
  void triesEachSystemForAnIdWithoutOne() {
    assertThat(read("contact:101")).containsExactly("contact:crm:101", "contact:shop:101");
    assertThat(read("lead/7")).containsExactly("lead:crm:7", "lead:shop:7");
  }

  @Test
  void triesEachKindForAnIdWithItsSystem() {
    assertThat(read("shop:101"))
        .contains("contact:shop:101", "customer:shop:101", "account:shop:101")
        .doesNotContain("email:shop:101", "domain:shop:101");
  }

  @Test
  void takesOpaqueIdsWithoutTheKey() {
    String id = IDS.id("email", "", "ada@example.com");
    IdentifierQuery keyless =
        new IdentifierQuery(
            () -> {
              throw new IllegalStateException("there is no key");
            },
            IdentityRules.none(),
            List::of);

    assertThat(keyless.candidates(id)).extracting(Candidate::id).containsExactly(id);
    assertThat(keyless.candidates("person/" + id)).extracting(Candidate::id).containsExactly(id);
    assertThat(keyless.candidates(id).getFirst().named()).isEmpty();
  }

  @Test
  void makesTheIdsOfTheFlow() {
    assertThat(query.candidates("contact:crm:101").getFirst().id())
        .isEqualTo(IDS.id("contact", "crm", "101"));
  }

  @Test
  void refusesWhatNamesNothing() {
    for (String typed :
        List.of("", " ", "101", "ada", "email:", "email:crm:", "contact:", "contact:crm:")) {
      assertThatThrownBy(() -> query.candidates(typed))
          .as(typed)
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("contact:crm:101");
    }
  }

  private List<String> read(String typed) {
    return query.candidates(typed).stream().map(Candidate::inWords).toList();
  }
}
