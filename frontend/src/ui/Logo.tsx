/** The dens axis: the tooth of C2, and the arch of the atlas that turns on it. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1F5FBF" />
      <path d="M7.5 17.5a8.5 8.5 0 0 1 17 0" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M13.4 21.2v-6.4a2.6 2.6 0 0 1 5.2 0v6.4h3.9a2.4 2.4 0 0 1 0 4.8h-13a2.4 2.4 0 0 1 0-4.8Z" fill="#fff" />
    </svg>
  );
}
