package dev.frontdesk.registration.pendingregistrations;

/** The right, for some seconds and for one caller alone, to open the account of an address. */
record ActivationLock(String name, VerifiedCode code) {}
