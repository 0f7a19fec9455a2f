package dev.frontdesk.registration.verification;

/** The right, for some seconds and for one alone, to turn a pending registration into an account. */
record Claim(String name, PendingRegistration registration) {}
