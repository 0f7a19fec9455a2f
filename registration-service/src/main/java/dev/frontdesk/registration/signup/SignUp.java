package dev.frontdesk.registration.signup;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.profiles.Profile;

/** What somebody asks for an account with, all of it checked. */
record SignUp(EmailAddress email, Password password, Profile profile) {}
