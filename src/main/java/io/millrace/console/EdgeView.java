package io.millrace.console;

import io.millrace.edge.inspect.InspectedDelivery;
import io.millrace.source.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The console's access to an edge in the same process.
 *
 * @param newestFirst the last requests to all sources
 * @param find finds one of them, by its own id or that of its delivery
 * @param sources the connected sources, by name
 */
public record EdgeView(
    Supplier<Stream<InspectedDelivery>> newestFirst,
    Function<String, Optional<InspectedDelivery>> find,
    Supplier<List<Source>> sources) {}
