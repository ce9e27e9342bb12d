package io.millrace.edge;

import java.time.Instant;

/** The identity the edge gives to a delivery. */
record DeliveryIdentity(String deliveryId, Instant receivedAt) {}
