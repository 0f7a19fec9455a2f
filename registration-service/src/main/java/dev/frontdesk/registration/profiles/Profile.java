package dev.frontdesk.registration.profiles;

import org.jspecify.annotations.Nullable;

/** What a person says of themselves. */
public record Profile(
        PersonName firstName, PersonName lastName, @Nullable PhoneNumber phone, Language language) {}
