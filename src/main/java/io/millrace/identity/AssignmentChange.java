package io.millrace.identity;

import io.millrace.event.IdentityAssignment;
import java.util.Optional;

/**
 * A changed assignment.
 *
 * @param before empty for an identifier that was never linked
 */
public record AssignmentChange(Optional<IdentityAssignment> before, IdentityAssignment after) {}
