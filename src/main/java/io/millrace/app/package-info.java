/**
 * The wiring: assembles the edge, the flow, and what both need, such as the console, provisioning,
 * and watching the folder of sources. Other packages know only their neighbours.
 */
@NullMarked
package io.millrace.app;

import org.jspecify.annotations.NullMarked;
