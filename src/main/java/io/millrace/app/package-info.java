/**
 * The wiring. Here the parts are put together into what runs: the edge, the flow, and what both
 * need around them, such as the console, provisioning, and watching the folder of sources. No other
 * room knows more than its neighbors.
 */
@NullMarked
package io.millrace.app;

import org.jspecify.annotations.NullMarked;
