package dev.frontdesk.registration.profiles;

import org.jspecify.annotations.Nullable;

/** The personal data that a user enters. */
public record Profile(
        PersonName firstName, PersonName lastName, @Nullable PhoneNumber phone, Language language) {}
