package io.millrace.bench.sample;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the templates of a provider, by its name in the catalogue. */
public final class SampleBooks {
  private static final Map<String, Optional<SampleBook>> READ = new ConcurrentHashMap<>();

  private SampleBooks() {}

  /**
   * A provider's requests; a variant without its own file posts the same as its provider.
   *
   * @param name of a provider or a variant, not an alias
   */
  public static Optional<SampleBook> find(String name) {
    return READ.computeIfAbsent(name, SampleReader::read)
        .or(
            () -> {
              int variant = name.lastIndexOf('-');
              return variant < 0 ? Optional.empty() : find(name.substring(0, variant));
            });
  }
}
