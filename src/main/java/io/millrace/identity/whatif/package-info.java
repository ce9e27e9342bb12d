/**
 * What a decision about identifiers would change: the rules of the graph, applied to what the
 * topics say about the people concerned. Pure, and small enough to be read in full; the role
 * identity has its own, faster way to the same result.
 */
@NullMarked
package io.millrace.identity.whatif;

import org.jspecify.annotations.NullMarked;
