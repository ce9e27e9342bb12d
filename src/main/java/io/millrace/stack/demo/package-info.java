/** The demo: the simulated senders against the running system, and the ledger at the end. */
@NullMarked
package io.millrace.stack.demo;

import org.jspecify.annotations.NullMarked;
