package io.millrace.console;

import java.util.Optional;

/**
 * A connected source, as operators see it.
 *
 * @param publicUrl what its sender signs against, where that is configured
 * @param staging whether its events are kept apart from those of production
 */
public record SeenSource(
    String name, String provider, Optional<String> publicUrl, boolean staging) {}
