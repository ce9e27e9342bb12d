/**
 * The ledger: what the simulator sent against what is in the topics and the warehouse, to the last
 * event. What the topics prove by themselves it takes from the audit.
 */
@NullMarked
package io.millrace.stack.ledger;

import org.jspecify.annotations.NullMarked;
