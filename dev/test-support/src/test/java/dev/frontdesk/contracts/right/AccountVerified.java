package dev.frontdesk.contracts.right;

import java.time.Instant;

record AccountVerified(String account, Instant at) {}
