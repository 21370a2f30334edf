/** The dens axis: the tooth of C2 that the atlas turns on. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1F5FBF" />
      <path
        d="M7 22.5c0-3 2.2-5 4.6-5.4.9-.2 1.3-.8 1.3-1.7V9.6C12.9 7.6 14.2 6 16 6s3.1 1.6 3.1 3.6v5.8c0 .9.4 1.5 1.3 1.7 2.4.4 4.6 2.4 4.6 5.4 0 2-1.5 3.5-3.5 3.5h-11C8.5 26 7 24.5 7 22.5Z"
        fill="#fff"
      />
    </svg>
  );
}
