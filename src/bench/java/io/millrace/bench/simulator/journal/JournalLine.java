package io.millrace.bench.simulator.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.Optional;

/** A line of a journal: a JSON object whose field {@code line} names its type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "line")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalLine.Begun.class, name = "run"),
  @JsonSubTypes.Type(value = JournalLine.Trying.class, name = "trying"),
  @JsonSubTypes.Type(value = JournalLine.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = JournalLine.Unseen.class, name = "unseen"),
  @JsonSubTypes.Type(value = JournalLine.Ended.class, name = "end")
})
sealed interface JournalLine {

  /** The run, always the first line. */
  record Begun(int number, long seed, int events, Instant startedAt) implements JournalLine {}

  /** A request is being sent. */
  record Trying(int request, int attempt, Instant at) implements JournalLine {}

  /** An answer. */
  record Answered(
      int request, int attempt, Instant at, int status, String reason, Optional<String> deliveryId)
      implements JournalLine {}

  /** A request is sent although the event it waited for was not seen. */
  record Unseen(int request) implements JournalLine {}

  /** The run is finished and balanced. */
  record Ended(Instant at) implements JournalLine {}

  static JournalLine parse(String text) throws JsonProcessingException {
    return Format.JSON.readValue(text, JournalLine.class);
  }

  default String text() {
    try {
      return Format.JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A line of a journal could not be written", impossible);
    }
  }

  /** Reads and writes the lines. */
  final class Format {
    private static final JsonMapper JSON =
        JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Format() {}
  }
}
