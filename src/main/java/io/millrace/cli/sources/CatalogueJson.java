package io.millrace.cli.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Evidence;
import io.millrace.provider.Provider;
import io.millrace.provider.SeenOnce;

/** Catalogue entries as JSON: as Millrace interprets them, and as written. */
final class CatalogueJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CatalogueJson() {}

  static ArrayNode of(Catalogue catalogue) {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    catalogue.all().forEach(provider -> entries.add(of(provider)));
    return entries;
  }

  static ObjectNode of(Provider provider) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("provider", provider.name());
    entry.put("title", provider.title());
    ArrayNode aliases = entry.putArray("aliases");
    provider.aliases().forEach(aliases::add);
    entry.put("scheme", provider.verification().summary());
    entry.put("proves", provider.verification().assurance().name());
    entry.put("seenOnce", SeenOnce.inWords(provider));
    entry.put("ownReading", provider.isOwnReading());
    provider.evidence().oldest().ifPresent(day -> entry.put("checked", day.toString()));
    entry.put("retryHorizon", provider.retryHorizon().toString());
    provider.responseLimit().ifPresent(limit -> entry.put("responseLimit", limit.toString()));
    entry.put("anyAnswerIsSuccess", provider.anyAnswerIsSuccess());
    ObjectNode evidence = entry.putObject("evidence");
    for (Evidence.Fact fact : Evidence.Fact.values()) {
      provider
          .evidence()
          .of(fact)
          .ifPresent(authority -> describe(authority, evidence.putObject(fact.key())));
    }
    entry.set("entry", written(provider));
    return entry;
  }

  private static void describe(Evidence.Authority authority, ObjectNode one) {
    one.put("proof", ListedCatalogue.word(authority.proof()));
    one.put("text", authority.text());
    authority.link().ifPresent(link -> one.put("link", link));
    authority.checked().ifPresent(day -> one.put("checked", day.toString()));
    authority.version().ifPresent(version -> one.put("version", version));
  }

  /** The entry as written in its file. */
  static JsonNode written(Provider provider) {
    try {
      return MAPPER.readTree(provider.written());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("The entry " + provider.name() + " is not JSON", impossible);
    }
  }
}
