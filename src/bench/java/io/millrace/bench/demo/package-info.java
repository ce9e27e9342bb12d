/** The demo: simulated senders against the running system, and the ledger at the end. */
@NullMarked
package io.millrace.bench.demo;

import org.jspecify.annotations.NullMarked;
