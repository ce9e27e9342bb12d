package io.millrace.flow.usage;

import io.millrace.event.UsageMemory;
import io.millrace.flow.timeline.Marks;
import java.util.Optional;

/**
 * What a usage rule remembers of one person.
 *
 * @param memory empty at the beginning
 * @param marks the events that count, each with its occurrence number
 */
public record UsageHistory(Optional<UsageMemory> memory, Marks marks) {}
