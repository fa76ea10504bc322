import { Link, useSidebarOpenState } from '@backstage/core-components';
import { LogoMark } from './LogoMark';
import styles from './Logo.module.css';

/** Logo at the top of the sidebar: the mark alone when the bar is closed. */
export const Logo = () => {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={styles.logo}
      aria-label="Formulary, home"
    >
      <LogoMark className={styles.mark} />
      {isOpen && <span className={styles.name}>Formulary</span>}
    </Link>
  );
};
