package io.millrace.edge;

import java.time.Instant;

/** What identifies a delivery and does not come from its sender. */
record DeliveryIdentity(String deliveryId, Instant receivedAt) {}
