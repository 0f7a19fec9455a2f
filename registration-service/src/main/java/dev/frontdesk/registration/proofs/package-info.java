/** What proves in an account's life that somebody is its owner: codes and links that were sent, and how often they are tried. */
@NullMarked
package dev.frontdesk.registration.proofs;

import org.jspecify.annotations.NullMarked;
