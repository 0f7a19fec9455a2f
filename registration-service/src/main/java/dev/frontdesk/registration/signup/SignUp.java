package dev.frontdesk.registration.signup;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.profiles.Profile;

/** The validated data of a sign-up. */
record SignUp(EmailAddress email, Password password, Profile profile) {}
