package dev.frontdesk.registration.pendingregistrations;

/** Lets a single caller open the account of an address. Expires after a few seconds. */
record ActivationLock(String name, VerifiedCode code) {}
