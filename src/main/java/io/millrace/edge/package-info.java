/**
 * The HTTP edge: it verifies raw bytes and hands the delivery to a {@link
 * io.millrace.edge.DeliveryLog}. It does not understand payloads.
 *
 * <p>A request is refused as early and as cheaply as can be. Before it is routed: framing that
 * others could read otherwise, very many headers, paths that are not written plainly, headers that
 * never end. Before its body is read, in {@link io.millrace.edge.Gate}: an address that is not
 * allowed (403), an address that sent much that proved nothing (429), a source that has used up its
 * {@code rateLimit} (429), an edge that answers as many requests as it may (503). While the body is
 * read: its size (413), the bytes of all bodies together (503), its time (400).
 *
 * <p>Three decisions behind that. Only verified requests count against a source's rate, so nobody
 * without its secret can use it up; before the body it is only looked at. Unverified requests are
 * counted by address, but an address that something genuine came from in the last ten minutes is
 * read all the same, because senders share addresses with strangers: whoever floods from there
 * costs a hash each, and no more than {@code edge.requests.limit} at a time. And bodies count as
 * they arrive, not as they are announced, so that nobody reserves memory with a promise.
 *
 * <p>The sender's address and the address it called are taken from headers only if a trusted proxy
 * wrote them: {@link io.millrace.edge.TrustedProxies}, {@link io.millrace.edge.PublicUrl}.
 */
@NullMarked
package io.millrace.edge;

import org.jspecify.annotations.NullMarked;
