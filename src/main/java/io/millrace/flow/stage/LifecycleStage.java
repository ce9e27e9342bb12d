package io.millrace.flow.stage;

import java.util.Optional;

/**
 * A stage of a lifecycle.
 *
 * @param initial whether a life may begin in it
 * @param last whether it is left only by a move that names it
 * @param aside whether it is outside the usual order, so that it never counts as skipped
 * @param outcome what it means for the record's success, such as won or lost
 */
public record LifecycleStage(
    String name, boolean initial, boolean last, boolean aside, Optional<String> outcome) {}
