package io.millrace.normalize.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.normalize.testing.Inbound;
import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
import org.junit.jupiter.api.Test;

final class EventExtractionTest {
  @Test
  void saysEverythingThatIsWrong() {
    assertThatExceptionOfType(InvalidFileException.class)
        .isThrownBy(
            () ->
                Inbound.reading(
                    """
                    items: "a..b"
                    id: "+"
                    form: maybe
                    at: {path: at, unit: fortnights}
                    required: [type]
                    person: {mail: a}
                    labels: [a]
                    """))
        .satisfies(
            invalid ->
                assertThat(invalid.faults())
                    .extracting(Fault::toString)
                    .containsExactly(
                        "events.yaml:1: the key record is missing; add it, as in record: person",
                        "events.yaml:1: items: a..b cannot be read: 'a..b' is not a path like"
                            + " a.b[0].c; correct it",
                        "events.yaml:1: the key type is missing; add it, as in type: data.id",
                        "events.yaml:2: id: + cannot be read: an expression, or a part of it,"
                            + " is empty; correct it",
                        "events.yaml:3: form: maybe cannot be used; write true or false",
                        "events.yaml:4: unit: fortnights cannot be used; use one of any, http,"
                            + " iso, ms, s",
                        "events.yaml:5: required: type cannot be used; use id, at or both",
                        "events.yaml:6: the key mail is unknown; did you mean email?",
                        "events.yaml:7: labels is not a section; write keys and values below it"));
  }
}
